import { fromEnv } from "@aws-sdk/credential-provider-env";

/** In a function, credentials stand in the environment (Lambda, "Defined runtime environment variables"); nowhere else is looked. */
export function defaultProvider() {
  return fromEnv();
}
