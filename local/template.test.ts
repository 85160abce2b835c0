import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, expect, test } from "vitest";
import { readAssembly } from "./template.ts";

const around = { region: "eu-north-1", doorUrl: "http://127.0.0.1:1", issuer: "http://localhost/oidc" };
const folders: string[] = [];
afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true });
});

/** A cloud assembly of these templates. */
function assembly(templates: Record<string, unknown>) {
  const folder = mkdtempSync(join(tmpdir(), "template-"));
  folders.push(folder);
  for (const [stack, template] of Object.entries(templates)) {
    writeFileSync(join(folder, `${stack}.template.json`), JSON.stringify(template));
  }
  return readAssembly(folder, around);
}

const queue = { Type: "AWS::SQS::Queue", Properties: { VisibilityTimeout: 60 } };

test("references and exports come out as the one machine calls things", () => {
  const read = assembly({
    "sc-demo-a": {
      Resources: { Work: queue },
      Outputs: { WorkArn: { Value: { "Fn::GetAtt": ["Work", "Arn"] }, Export: { Name: "a:WorkArn" } } },
    },
    "sc-demo-b": {
      Resources: {
        Other: {
          ...queue,
          Properties: {
            RedrivePolicy: { deadLetterTargetArn: { "Fn::ImportValue": "a:WorkArn" }, maxReceiveCount: 3 },
          },
        },
      },
      Outputs: {
        Joined: { Value: { "Fn::Join": ["/", ["x", { Ref: "AWS::Region" }]] } },
        Sub: { Value: { "Fn::Sub": ["$", "{Other.QueueName} in $", "{AWS::AccountId}"].join("") } },
        Picked: { Value: { "Fn::Select": [1, { "Fn::Split": ["-", "a-b-c"] }] } },
        Url: { Value: { Ref: "Other" } },
      },
    },
  });
  const [, other] = read.all("AWS::SQS::Queue");
  expect(other?.properties.RedrivePolicy?.deadLetterTargetArn).toBe(
    "arn:aws:sqs:eu-north-1:000000000000:a-Work",
  );
  const outputs = ["Joined", "Sub", "Picked", "Url"].map((name) => read.output(name));
  expect(outputs).toEqual([
    "x/eu-north-1",
    "b-Other in 000000000000",
    "b",
    "http://127.0.0.1:1/000000000000/b-Other",
  ]);
});

test.each([
  [
    "a property",
    { Work: { ...queue, Properties: { Visibility: 60 } } },
    "sc-demo-a.template.json: Work.Visibility: not known",
  ],
  [
    "a property inside another",
    {
      Work: {
        ...queue,
        Properties: { RedrivePolicy: { deadLetterTargetArn: "a", maxReceiveCount: 1, more: 1 } },
      },
    },
    "Work.RedrivePolicy.more: not known",
  ],
  [
    "a value of another kind",
    { Work: { ...queue, Properties: { VisibilityTimeout: "long" } } },
    "Work.VisibilityTimeout",
  ],
  ["a type", { Net: { Type: "AWS::EC2::VPC" } }, "Net: this machine does not know the type AWS::EC2::VPC"],
  [
    "an intrinsic",
    { Work: { ...queue, Properties: { VisibilityTimeout: { "Fn::If": [] } } } },
    "Fn::If is not known",
  ],
  [
    "a reference into nowhere",
    { Work: { ...queue, Properties: { DelaySeconds: { Ref: "Gone" } } } },
    "refers to Gone",
  ],
  [
    "an import of nothing",
    { Work: { ...queue, Properties: { DelaySeconds: { "Fn::ImportValue": "gone" } } } },
    "no stack exports gone",
  ],
  ["a runtime", { Fn: { Type: "AWS::Lambda::Function", Properties: { Runtime: "ruby3.4" } } }, "Fn."],
])("stops at %s that it does not know, by name", (_what, resources, message) => {
  expect(() => assembly({ "sc-demo-a": { Resources: resources } })).toThrow(message);
});

test("stops where there is nothing to read, or an asset is missing", () => {
  expect(() => assembly({})).toThrow("run npm run synth");
  expect(() => assembly({ "sc-demo-a": { Resources: {} } }).assetFolder("x.zip")).toThrow("x.zip");
});
