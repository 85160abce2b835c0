import { BaseSequencer, type TestSpecification } from "vitest/node";

/** Small files of which each takes more than a minute. */
const long = ["proving", "proving-mail", "walk-crashes", "outbox-faults", "runner"];

/**
 * The long journeys first: in a fresh clone nothing is known of how long a file takes, the largest are begun first, and these would be
 * what everything waits for in the end.
 */
export class LongFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const isLong = ({ moduleId }: TestSpecification) =>
      long.some((name) => moduleId.endsWith(`/test/journeys/${name}.test.ts`));
    const sorted = await super.sort(files);
    return [...sorted.filter(isLong), ...sorted.filter((file) => !isLong(file))];
  }
}
