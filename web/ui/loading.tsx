/** Says that something is being fetched. It shows after a moment, so that quick answers do not flicker. */
export function Loading({ what }: { what: string }) {
  return (
    <p class="loading" role="status">
      <svg class="ds-spinner" viewBox="0 0 50 50" data-size="xs" aria-hidden="true" focusable="false">
        <circle class="ds-spinner__background" cx="25" cy="25" r="20" fill="none" stroke-width="5" />
        <circle class="ds-spinner__circle" cx="25" cy="25" r="20" fill="none" stroke-width="5" />
      </svg>
      <span>{what}</span>
    </p>
  );
}
