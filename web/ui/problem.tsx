import { Alert } from "./alert.tsx";

/** The place where something that went wrong is said, and heard: it is there before there is anything to say. */
export function Problem({ text }: { text: string | undefined }) {
  return (
    <div role="alert">
      {text !== undefined && (
        <Alert tone="warning">
          <p>{text}</p>
        </Alert>
      )}
    </div>
  );
}
