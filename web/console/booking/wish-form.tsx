import { Check } from "../../ui/choice.tsx";
import { DateField } from "../../ui/date-field.tsx";
import { Field } from "../../ui/field.tsx";
import { Fold } from "../../ui/fold.tsx";
import { languageName } from "../mail-words.ts";
import { equipmentText, interpretedLanguages, languagesOf } from "./booking-words.ts";
import { OfficeSelect } from "./office-select.tsx";
import type { Service } from "./schemas.ts";
import type { Basics } from "./with-basics.tsx";

export type WishState = {
  service: string;
  office: string;
  /** Empty for any. */
  language: string;
  /** Empty for none. */
  interpreter: string;
  equipment: readonly string[];
  seats: number;
  /** The first date that suits. */
  from: string;
};

type Props = { basics: Basics; state: WishState; onChange: (state: WishState) => void };

/** What the meeting is about, where it is to be, and behind a fold what it needs. */
export function WishForm({ basics, state, onChange }: Props) {
  const { offices, people, today } = basics;
  const services = [
    ...new Map(offices.flatMap((office) => office.services.map((one) => [one.id, one]))).values(),
  ];
  const chosen = services.find(({ id }) => id === state.service);
  const offering = offices.filter((office) => office.services.some(({ id }) => id === state.service));
  const chooseService = (service: string): void => {
    const there = offices.filter((office) => office.services.some(({ id }) => id === service));
    const office = there.find(({ id }) => id === state.office) ?? there[0];
    onChange({
      ...state,
      service,
      office: office?.id ?? state.office,
      language: "",
      interpreter: "",
      equipment: [],
    });
  };
  return (
    <div class="wish">
      <Field label="Vad gäller mötet?">
        {(control) => (
          <select
            {...control}
            class="ds-input"
            value={state.service}
            onChange={(event) => chooseService(event.currentTarget.value)}
          >
            <option value="">Välj tjänst</option>
            {services.map(({ id, name, minutes }) => (
              <option key={id} value={id}>
                {name}, {minutes} min
              </option>
            ))}
          </select>
        )}
      </Field>
      <OfficeSelect
        offices={offering.length === 0 ? offices : offering}
        value={state.office}
        onChoose={(office) => onChange({ ...state, office })}
      />
      {chosen !== undefined && (
        <Fold show="Senare, språk, tolk, utrustning" hide="Dölj senare, språk, tolk, utrustning">
          <div class="wish">
            <DateField
              label="Tidigast"
              error={undefined}
              min={today}
              value={state.from}
              onInput={(from) => onChange({ ...state, from })}
            />
            {chosen.needs.person && (
              <>
                <LanguageSelect
                  label="Språk"
                  none="Svenska eller vilket som helst"
                  languages={languagesOf(people, chosen.id)}
                  value={state.language}
                  onChoose={(language) => onChange({ ...state, language })}
                />
                <LanguageSelect
                  label="Tolk"
                  none="Ingen tolk"
                  languages={interpretedLanguages(people, basics.agency)}
                  value={state.interpreter}
                  onChoose={(interpreter) => onChange({ ...state, interpreter })}
                />
              </>
            )}
            {chosen.needs.room !== undefined && (
              <RoomNeeds basics={basics} service={chosen} state={state} onChange={onChange} />
            )}
          </div>
        </Fold>
      )}
    </div>
  );
}

type LanguageProps = {
  label: string;
  none: string;
  languages: readonly string[];
  value: string;
  onChoose: (language: string) => void;
};

function LanguageSelect({ label, none, languages, value, onChoose }: LanguageProps) {
  return (
    <Field label={label}>
      {(control) => (
        <select
          {...control}
          class="ds-input"
          value={value}
          onChange={(event) => onChoose(event.currentTarget.value)}
        >
          <option value="">{none}</option>
          {languages.map((language) => (
            <option key={language} value={language}>
              {languageName(language)}
            </option>
          ))}
        </select>
      )}
    </Field>
  );
}

function RoomNeeds({ basics, service, state, onChange }: Props & { service: Service }) {
  const rooms =
    basics.offices
      .find(({ id }) => id === state.office)
      ?.rooms.filter(({ kind }) => kind === service.needs.room) ?? [];
  const equipment = [...new Set(rooms.flatMap((room) => room.equipment))];
  const most = Math.max(1, ...rooms.map(({ seats }) => seats));
  return (
    <>
      <Field label="Antal personer" hint={`Högst ${most} här.`}>
        {(control) => (
          <input
            {...control}
            class="ds-input"
            type="number"
            min={1}
            max={most}
            value={state.seats}
            onInput={(event) => {
              const seats = Number(event.currentTarget.value);
              if (Number.isInteger(seats) && seats > 0) onChange({ ...state, seats });
            }}
          />
        )}
      </Field>
      <fieldset class="choices">
        <legend class="ds-label">Rummet ska ha</legend>
        {equipment.map((one) => (
          <Check
            key={one}
            label={equipmentText(one)}
            checked={state.equipment.includes(one)}
            onChange={(on) =>
              onChange({
                ...state,
                equipment: on ? [...state.equipment, one] : state.equipment.filter((other) => other !== one),
              })
            }
          />
        ))}
      </fieldset>
    </>
  );
}
