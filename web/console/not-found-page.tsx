import type { ComponentChildren } from "preact";
import { PageHeading } from "../ui/page-heading.tsx";
import { HOME_HREF } from "./route.ts";
import { useKeys } from "./use-keys.ts";

/** A view that is not there, or not for this person: the two look the same, on purpose. */
export function NotFoundPage({
  title,
  focused,
  children,
}: {
  title: string;
  focused: boolean;
  children: ComponentChildren;
}) {
  useKeys({ back: () => location.assign(HOME_HREF) });
  return (
    <div class="not-found">
      <PageHeading focused={focused}>{title}</PageHeading>
      <p>{children}</p>
      <p>
        <a class="ds-link" href={HOME_HREF}>
          Till startsidan
        </a>
      </p>
    </div>
  );
}
