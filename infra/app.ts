import { join } from "node:path";
import { App, DefaultStackSynthesizer, Validations } from "aws-cdk-lib";
import { AwsSolutionsChecks, ServerlessChecks } from "cdk-nag";
import type { Municipality } from "#config/schema.ts";
import cdk from "../cdk.json" with { type: "json" };
import { asSynthesizer } from "./constructs/cdk-types.ts";
import { Booking } from "./stacks/booking.ts";
import { Cases } from "./stacks/cases.ts";
import { Email } from "./stacks/email.ts";
import { Foundation } from "./stacks/foundation.ts";
import { Stats } from "./stacks/stats.ts";
import { Web } from "./stacks/web.ts";

type AppOptions = {
  /** The name of the config file, which is also part of every stack's id. */
  kommun: string;
  /** The build: `functions/<name>/index.mjs` and `console/`. */
  dist: string;
  /** Where the templates go; the CDK's own choice unless told. */
  outdir?: string;
};

/**
 * The whole system of one municipality. `synth()` throws where a check finds what nobody has answered for. It knows
 * neither account nor region: those are the deployer's.
 */
export function servicecenter(municipality: Municipality, { kommun, dist, outdir }: AppOptions): App {
  const app = new App({
    ...(outdir ? { outdir } : {}),
    analyticsReporting: false,
    autoSynth: false,
    context: cdk.context,
  });
  Validations.of(app).addPlugins(new AwsSolutionsChecks(app), new ServerlessChecks(app));
  const stack = (name: string) => ({
    stackName: `servicecenter-${kommun}-${name}`,
    terminationProtection: true,
    // The CLI checks the bootstrap version too; the rule in the template would need intrinsics we do without.
    synthesizer: asSynthesizer(new DefaultStackSynthesizer({ generateBootstrapVersionRule: false })),
  });
  const foundation = new Foundation(app, `servicecenter-${kommun}-foundation`, {
    ...stack("foundation"),
    municipality,
    kommun,
    bundles: join(dist, "functions"),
  });
  new Email(app, `servicecenter-${kommun}-email`, { ...stack("email"), foundation, municipality });
  new Cases(app, `servicecenter-${kommun}-cases`, { ...stack("cases"), foundation });
  new Booking(app, `servicecenter-${kommun}-booking`, { ...stack("booking"), foundation });
  new Stats(app, `servicecenter-${kommun}-stats`, { ...stack("stats"), foundation });
  new Web(app, `servicecenter-${kommun}-web`, {
    ...stack("web"),
    foundation,
    municipality,
    console: join(dist, "console"),
  });
  return app;
}
