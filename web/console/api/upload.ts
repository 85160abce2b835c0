import type { Upload } from "./case-schemas.ts";
import { ApiFailure } from "./failure.ts";

/**
 * Puts a file where the API said. With XMLHttpRequest, since fetch does not tell how much has been sent. Rejects with
 * ApiFailure, also when it is aborted.
 */
export function upload(
  { url, headers }: Upload,
  content: Blob,
  onSent: (share: number) => void,
  signal: AbortSignal,
): Promise<void> {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open("PUT", url);
    for (const [name, value] of Object.entries(headers)) request.setRequestHeader(name, value);
    // Whatever the file is for the browser, nothing that lies there is to be run.
    request.setRequestHeader("content-type", "application/octet-stream");
    request.upload.onprogress = ({ loaded, total }) => onSent(total === 0 ? 0 : loaded / total);
    request.onloadend = () =>
      request.status === 200 ? resolve() : reject(new ApiFailure("unavailable", request.status));
    signal.addEventListener("abort", () => request.abort());
    request.send(content);
  });
}
