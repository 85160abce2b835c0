declare module "@20minutes/s3rver" {
  import type { AddressInfo } from "node:net";

  /** The parts of s3rver 5 that the runner uses; the package has no types. */
  class S3rver {
    constructor(options: {
      address: string;
      port: number;
      silent: boolean;
      directory: string;
      allowMismatchedSignatures: boolean;
      vhostBuckets: boolean;
    });
    store: S3rver.Store;
    httpServer: import("node:http").Server;
    run(): Promise<AddressInfo>;
    close(): Promise<void>;
  }
  namespace S3rver {
    type StoredObject = { bucket: string; key: string; content: unknown; metadata: Record<string, string> };
    type Store = {
      getResourcePath(bucket: string, key: string, resource: string): string;
      putContent(path: string, content: unknown): Promise<[number, string]>;
      putMetadata(bucket: string, key: string, metadata: Record<string, string>, md5: string): Promise<void>;
      putObject(object: StoredObject): Promise<{ size: number; md5: string }>;
      deleteObject(bucket: string, key: string): Promise<void>;
      getSubresource(bucket: string, key: string | undefined, type: string): Promise<object | null>;
    };
  }
  export default S3rver;
}
