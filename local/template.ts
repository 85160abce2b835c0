import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { deployOnlyTypes, type PlayedType, type Properties, played } from "./resources.ts";

type Json = string | number | boolean | null | readonly Json[] | { readonly [name: string]: Json };
type RawResource = { Type: string; Properties?: Record<string, Json> };
type RawTemplate = {
  Resources: Record<string, RawResource>;
  Outputs?: Record<string, { Value: Json; Export?: { Name: Json } }>;
};

/** What the templates cannot know before the machine runs. */
export type Surroundings = { region: string; doorUrl: string; issuer: string };

export const account = "000000000000";

export type Resource<T extends PlayedType = PlayedType> = {
  /** `email/MailTable754359E9`: the stack's last word and the logical id. */
  id: string;
  type: T;
  properties: Properties<T>;
};

/** The synthesized app, resolved and checked: what is to be played, and where its assets lie. */
export type Assembly = {
  all<T extends PlayedType>(type: T): readonly Resource<T>[];
  output(name: string): string;
  /** The folder of an asset, by the S3 key that the templates call it. */
  assetFolder(key: string): string;
};

/**
 * Reads every template of a cloud assembly. Throws one line that names the file and the place for anything that this
 * machine does not know: a type, a property, an intrinsic function, a reference into nowhere.
 */
export function readAssembly(folder: string, around: Surroundings): Assembly {
  const stacks = templatesIn(folder);
  const resources = [...stacks].flatMap(([stack, template]) =>
    Object.entries(template.Resources).flatMap(([id, raw]) => checked(stacks, around, stack, id, raw)),
  );
  const assets = assetFolders(folder);
  return {
    all: <T extends PlayedType>(type: T) =>
      resources.filter((resource): resource is Resource<T> => resource.type === type),
    output(name) {
      for (const [stack, template] of stacks) {
        const output = template.Outputs?.[name];
        if (output !== undefined)
          return String(resolve(stacks, around, stack, output.Value, `Outputs.${name}`));
      }
      throw new Error(`no template has an output ${name}`);
    },
    assetFolder(key) {
      const found = assets.get(key);
      if (found === undefined) throw new Error(`no assets file of ${folder} names ${key}: run npm run synth`);
      return found;
    },
  };
}

function templatesIn(folder: string): ReadonlyMap<string, RawTemplate> {
  const files = readdirSync(folder).filter((name) => name.endsWith(".template.json"));
  if (files.length === 0) throw new Error(`${folder} has no templates: run npm run synth`);
  return new Map(
    files.map((file) => [
      file.slice(0, -".template.json".length),
      JSON.parse(readFileSync(join(folder, file), "utf8")) as RawTemplate,
    ]),
  );
}

type AssetsFile = {
  files: Record<string, { source: { path: string }; destinations: Record<string, { objectKey: string }> }>;
};

function assetFolders(folder: string): ReadonlyMap<string, string> {
  const assets = new Map<string, string>();
  for (const file of readdirSync(folder).filter((name) => name.endsWith(".assets.json"))) {
    const { files } = JSON.parse(readFileSync(join(folder, file), "utf8")) as AssetsFile;
    for (const { source, destinations } of Object.values(files)) {
      for (const { objectKey } of Object.values(destinations))
        assets.set(objectKey, join(folder, source.path));
    }
  }
  return assets;
}

type Stacks = ReadonlyMap<string, RawTemplate>;

function checked(
  stacks: Stacks,
  around: Surroundings,
  stack: string,
  id: string,
  raw: RawResource,
): Resource[] {
  const place = `${stack}.template.json: ${id}`;
  if (deployOnlyTypes.has(raw.Type)) return [];
  if (!isPlayed(raw.Type)) throw new Error(`${place}: this machine does not know the type ${raw.Type}`);
  const properties = resolve(stacks, around, stack, raw.Properties ?? {}, place);
  const parsed = played[raw.Type].safeParse(properties);
  if (!parsed.success) {
    const faults = flatten(parsed.error.issues).map((issue) => `${place}.${issue}`);
    throw new Error(faults.join("\n"));
  }
  return [{ id: `${shortName(stack)}/${id}`, type: raw.Type, properties: parsed.data } as Resource];
}

function isPlayed(type: string): type is PlayedType {
  return type in played;
}

type Issue = {
  code: string;
  path: readonly PropertyKey[];
  message: string;
  keys?: readonly string[];
  errors?: readonly (readonly Issue[])[];
};

/** One text per fault; of a union the faults of its first member, which is ours. */
function flatten(issues: readonly Issue[]): readonly string[] {
  return issues.flatMap((issue) => {
    const path = issue.path.join(".");
    if (issue.code === "unrecognized_keys") {
      return (issue.keys ?? []).map(
        (key) => `${path === "" ? key : `${path}.${key}`}: not known to this machine`,
      );
    }
    if (issue.code === "invalid_union") return flatten(issue.errors?.[0] ?? []);
    return [`${path}: ${issue.message}`];
  });
}

function shortName(stack: string): string {
  return stack.split("-").at(-1) ?? stack;
}

/** The name of the real thing: as the template says, or else by stack and logical id. */
function physicalName(stack: string, id: string, type: string, properties: unknown): string {
  const own = (properties as { QueueName?: unknown } | undefined)?.QueueName;
  if (typeof own === "string") return own;
  const name = `${shortName(stack)}-${id}`;
  return type === "AWS::S3::Bucket" ? name.toLowerCase().slice(0, 63) : name.slice(0, 80);
}

export function physicalNameOf(resource: { id: string; type: string; properties?: unknown }): string {
  const [stack = "", id = ""] = resource.id.split("/");
  return physicalName(stack, id, resource.type, resource.properties);
}

/** Intrinsic functions: those that our templates use, and a clear stop at any other. */
function resolve(stacks: Stacks, around: Surroundings, stack: string, value: Json, place: string): Json {
  const inner = (part: Json) => resolve(stacks, around, stack, part, place);
  if (Array.isArray(value)) return value.map(inner);
  if (typeof value !== "object" || value === null) return value;
  const [entry, ...others] = Object.entries(value);
  if (entry === undefined) return value;
  const [name, argument] = entry;
  if (others.length > 0 || !(name === "Ref" || name.startsWith("Fn::"))) {
    return Object.fromEntries(Object.entries(value).map(([key, part]) => [key, inner(part as Json)]));
  }
  switch (name) {
    case "Ref":
      return reference(stacks, around, stack, String(argument), place);
    case "Fn::GetAtt": {
      const [id, attribute] = Array.isArray(argument) ? argument.map(String) : String(argument).split(".");
      return attributeOf(stacks, around, stack, id ?? "", attribute ?? "", place);
    }
    case "Fn::Join": {
      const [separator, parts] = argument as [string, Json[]];
      return parts.map((part) => String(inner(part))).join(separator);
    }
    case "Fn::Sub":
      return String(argument).replace(/\$\{([^}]+)\}/g, (_whole, inside: string) => {
        const [id = "", attribute] = inside.split(".");
        return attribute === undefined
          ? reference(stacks, around, stack, id, place)
          : attributeOf(stacks, around, stack, id, attribute, place);
      });
    case "Fn::ImportValue":
      return exported(stacks, around, String(inner(argument as Json)), place);
    case "Fn::Select": {
      const [index, list] = argument as [number | string, Json];
      return (inner(list) as Json[])[Number(index)] ?? "";
    }
    case "Fn::Split": {
      const [separator, whole] = argument as [string, Json];
      return String(inner(whole)).split(separator);
    }
    default:
      throw new Error(`${place}: ${name} is not known to this machine`);
  }
}

function exported(stacks: Stacks, around: Surroundings, name: string, place: string): Json {
  for (const [stack, template] of stacks) {
    for (const output of Object.values(template.Outputs ?? {})) {
      if (output.Export?.Name === name) return resolve(stacks, around, stack, output.Value, place);
    }
  }
  throw new Error(`${place}: no stack exports ${name}`);
}

function reference(stacks: Stacks, around: Surroundings, stack: string, id: string, place: string): string {
  const pseudo: Record<string, string> = {
    "AWS::Region": around.region,
    "AWS::AccountId": account,
    "AWS::Partition": "aws",
    "AWS::URLSuffix": "amazonaws.com",
    "AWS::StackName": stack,
  };
  const known = pseudo[id];
  if (known !== undefined) return known;
  const target = stacks.get(stack)?.Resources[id];
  if (target === undefined) throw new Error(`${place}: refers to ${id}, which the template does not have`);
  const type = target.Type;
  const name = physicalName(stack, id, type, target.Properties);
  if (type === "AWS::Cognito::UserPoolResourceServer") return String(target.Properties?.["Identifier"]);
  if (type === "AWS::SQS::Queue") return `${around.doorUrl}/${account}/${name}`;
  if (type === "AWS::SNS::Topic") return arnOf(around, type, name);
  return name;
}

function attributeOf(
  stacks: Stacks,
  around: Surroundings,
  stack: string,
  id: string,
  attribute: string,
  place: string,
): string {
  const target = stacks.get(stack)?.Resources[id];
  if (target === undefined) throw new Error(`${place}: refers to ${id}, which the template does not have`);
  const type = target.Type;
  const name = physicalName(stack, id, type, target.Properties);
  if (attribute === "Arn") return arnOf(around, type, name);
  if (attribute === "StreamArn") return `${arnOf(around, type, name)}/stream`;
  if (attribute === "QueueName") return name;
  if (attribute === "ProviderURL") return around.issuer;
  return `${name}.${attribute}`;
}

function arnOf({ region }: Surroundings, type: string, name: string): string {
  const arns: Record<string, string> = {
    "AWS::SQS::Queue": `arn:aws:sqs:${region}:${account}:${name}`,
    "AWS::SNS::Topic": `arn:aws:sns:${region}:${account}:${name}`,
    "AWS::DynamoDB::GlobalTable": `arn:aws:dynamodb:${region}:${account}:table/${name}`,
    "AWS::Lambda::Function": `arn:aws:lambda:${region}:${account}:function:${name}`,
    "AWS::S3::Bucket": `arn:aws:s3:::${name}`,
    "AWS::KMS::Key": `arn:aws:kms:${region}:${account}:key/${name}`,
  };
  return arns[type] ?? `arn:aws:unplayed:${region}:${account}:${name}`;
}

/** The name at the end of an ARN that `readAssembly` made. */
export function nameOfArn(arn: string): string {
  return (
    arn
      .replace(/\/stream$/, "")
      .split(/[:/]/)
      .at(-1) ?? arn
  );
}
