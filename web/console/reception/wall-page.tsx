import { FetchFailure, useFetchedAt } from "../fetch-failure.tsx";
import { receptionHref } from "../route.ts";
import { useKeys } from "../use-keys.ts";
import { useReception } from "./reception-desk.ts";
import { usePolled } from "./use-polled.ts";
import "./wall.css";

const POLL_MS = 5_000;
const SHOWN = 6;

/** For a screen on the wall: numbers, large, and nothing of who is signed in. Esc leads back. */
export function WallPage() {
  const { wall, office } = useReception();
  const { data, error, loading } = usePolled(wall, office.id, POLL_MS);
  const fetchedAt = useFetchedAt(data);
  const back = receptionHref("besok");
  useKeys({ back: () => location.assign(back) });
  const [last, ...earlier] = data?.called.slice(0, SHOWN) ?? [];
  return (
    <div class="wall">
      <h1 class="wall-title">Din tur</h1>
      <p class="wall-last" role="status">
        {last ?? "–"}
      </p>
      {earlier.length > 0 && (
        <ul class="wall-earlier" aria-label="Kallade tidigare">
          {earlier.map((number) => (
            <li key={number}>{number}</li>
          ))}
        </ul>
      )}
      <p class="wall-waiting">
        {data === undefined || data.waiting === 0 ? "Ingen väntar" : `${data.waiting} väntar`}
      </p>
      {error !== undefined && (
        <FetchFailure
          failed={true}
          fetchedAt={fetchedAt}
          busy={loading}
          onRetry={() => void wall.revalidate(office.id)}
        />
      )}
      <a class="wall-back" href={back}>
        Stäng väggtavlan
      </a>
    </div>
  );
}
