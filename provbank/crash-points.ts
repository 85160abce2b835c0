import type { System } from "../local/system.ts";

/**
 * Lets one thing happen and kills a function once its n-th call of AWS is done and before it hears of it. Resolves when
 * all is quiet again, with whether the function made that many calls.
 */
async function killAfterCall(
  system: System,
  functionName: string,
  n: number,
  happen: () => Promise<void>,
): Promise<boolean> {
  const before = system.door.callsOf(functionName);
  let killed = false;
  system.door.watch((call) => {
    if (killed || call.caller !== functionName || call.n !== before + n) return "pass";
    killed = true;
    system.hostOf(functionName).kill(call.instance);
    return "lost";
  });
  await happen();
  await system.quiet();
  system.door.watch(undefined);
  return killed;
}

/**
 * Every crash point of a function: n = 1, 2 … until the work is done with fewer calls; from a later one where those before it are tried
 * elsewhere. Returns how many calls there are.
 */
export async function everyCrashPoint(
  system: System,
  functionName: string,
  happen: (n: number) => Promise<void>,
  first = 1,
): Promise<number> {
  let n = first;
  while (await killAfterCall(system, functionName, n, () => happen(n))) n += 1;
  return n - 1;
}
