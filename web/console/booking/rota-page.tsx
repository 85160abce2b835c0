import { useState } from "preact/hooks";
import { Field } from "../../ui/field.tsx";
import { Loading } from "../../ui/loading.tsx";
import { shortDate } from "../../ui/swedish-time.ts";
import { failureKind } from "../api/failure.ts";
import { FetchFailure, useFetchedAt } from "../fetch-failure.tsx";
import { useFetched } from "../use-fetched.ts";
import { officePath } from "./api.ts";
import { useBookingDesk } from "./booking-desk.ts";
import { rotaHref } from "./booking-route.ts";
import { ExceptionsPanel } from "./exceptions-panel.tsx";
import { GuestsPanel } from "./guests-panel.tsx";
import { OfficeSelect } from "./office-select.tsx";
import { RoomsPanel } from "./rooms-panel.tsx";
import { RotaEditor } from "./rota-editor.tsx";
import type { KeptRota } from "./rota-schemas.ts";
import { type Basics, WithBasics } from "./with-basics.tsx";

type Props = { office: string | undefined; focused: boolean };

/** Who works at an office and when, and the days when it is open otherwise. */
export function RotaPage({ office, focused }: Props) {
  return (
    <WithBasics title="Schema" focused={focused}>
      {(basics) => {
        const place = office ?? basics.ownOffice;
        return <OfficeRotas key={place} basics={basics} office={place} />;
      }}
    </WithBasics>
  );
}

function OfficeRotas({ basics, office }: { basics: Basics; office: string }) {
  const { rotas } = useBookingDesk();
  const path = `${officePath(office)}/rotas`;
  const { data, error, loading } = useFetched(rotas, path);
  const fetchedAt = useFetchedAt(data);
  const [added] = useState(() => `rota-${crypto.randomUUID().slice(0, 8)}`);
  const [exceptions, setExceptions] = useState(0);
  const [chosen, setChosen] = useState<string | undefined>();
  if (error !== undefined && failureKind(error) === "not-found") {
    return <p>Ditt konto får inte se schemat. Fråga din chef om du borde få det.</p>;
  }
  const known = data?.rotas ?? [];
  const rotaId = chosen ?? newest(known)?.rotaId ?? added;
  const opened = known.find((one) => one.rotaId === rotaId);
  return (
    <>
      <div class="wish">
        <OfficeSelect
          offices={basics.offices}
          value={office}
          onChoose={(place) => location.assign(rotaHref(place))}
        />
        <RotaSelect rotas={known} added={added} value={rotaId} basics={basics} onChoose={setChosen} />
      </div>
      <FetchFailure
        failed={error !== undefined}
        fetchedAt={fetchedAt}
        busy={loading}
        onRetry={() => void rotas.revalidate(path)}
      />
      {data === undefined && error === undefined && <Loading what="Hämtar scheman …" />}
      {data !== undefined && (
        <>
          <RotaEditor
            key={rotaId}
            rotaId={rotaId}
            opened={opened}
            office={office}
            exceptions={exceptions}
            basics={basics}
          />
          <ExceptionsPanel
            office={office}
            today={basics.today}
            onSaved={() => setExceptions((before) => before + 1)}
          />
          <GuestsPanel office={office} basics={basics} />
          <RoomsPanel office={office} basics={basics} />
        </>
      )}
    </>
  );
}

function newest(rotas: readonly KeptRota[]): KeptRota | undefined {
  return rotas.toSorted((one, other) => (one.rota.validFrom < other.rota.validFrom ? 1 : -1))[0];
}

type SelectProps = {
  rotas: readonly KeptRota[];
  added: string;
  value: string;
  basics: Basics;
  onChoose: (rotaId: string) => void;
};

function RotaSelect({ rotas, added, value, basics: { today }, onChoose }: SelectProps) {
  return (
    <Field label="Schema">
      {(control) => (
        <select
          {...control}
          class="ds-input"
          value={value}
          onChange={(event) => onChoose(event.currentTarget.value)}
        >
          {rotas.map(({ rotaId, status, rota }) => (
            <option key={rotaId} value={rotaId}>
              {shortDate(rota.validFrom, today)} – {shortDate(rota.validTo, today)}
              {status === "published" ? ", publicerat" : ", utkast"}
            </option>
          ))}
          {!rotas.some(({ rotaId }) => rotaId === added) && <option value={added}>Nytt schema</option>}
        </select>
      )}
    </Field>
  );
}
