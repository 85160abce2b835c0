import type { ComponentType } from "preact";
import { useEffect, useState } from "preact/hooks";
import { Loading } from "../ui/loading.tsx";
import { FetchFailure } from "./fetch-failure.tsx";

/** A view whose program is fetched when it is first opened: the console's start does not grow by it. */
export function lazyView<Props extends object>(load: () => Promise<ComponentType<Props>>) {
  let View: ComponentType<Props> | undefined;
  return function LazyView(props: Props) {
    const [state, setState] = useState<"loading" | "loaded" | "failed">("loading");
    const fetchView = (): void => {
      setState("loading");
      load().then(
        (loaded) => {
          View = loaded;
          setState("loaded");
        },
        () => setState("failed"),
      );
    };
    useEffect(() => {
      if (View === undefined) fetchView();
    }, []);
    if (View !== undefined) return <View {...props} />;
    return (
      <>
        <FetchFailure
          failed={state === "failed"}
          fetchedAt={undefined}
          busy={state === "loading"}
          onRetry={fetchView}
        />
        {state === "loading" && <Loading what="Hämtar …" />}
      </>
    );
  };
}
