/** The key beside what a button says; screen readers have the list of keys. */
export function KeyHint({ keys }: { keys: readonly string[] }) {
  return (
    <span class="key-hint" aria-hidden="true">
      {keys.map((key, place) => (
        <kbd key={place}>{key}</kbd>
      ))}
    </span>
  );
}
