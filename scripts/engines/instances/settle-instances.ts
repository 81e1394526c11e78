import { K6ApiError } from '../../k6/k6-api.ts'
import { isOver, type K6Instance } from './k6-instance.ts'

/** After a stop, what a k6 may need to end its iterations. */
const STOP_MS = 60_000
const STOP_CALL_MS = 5_000

/** Ends what is left: the load where it still runs, then teardown(), then the processes. */
export async function settle(
  instances: readonly K6Instance[],
  { isHalted, isSetUp }: { isHalted: boolean; isSetUp: boolean },
): Promise<void> {
  if (isHalted) await Promise.all(instances.map(stopLoad))
  if (isSetUp) await tearDown(instances)
  for (const { release } of instances) release()
  await Promise.all(instances.map(({ ended }) => ended))
}

async function stopLoad(instance: K6Instance): Promise<void> {
  const { api, reach, ended, hasEnded, isSilent, killHard, release } = instance
  if (hasEnded()) return
  try {
    await api.stop(AbortSignal.timeout(STOP_CALL_MS))
    await reach(isOver, AbortSignal.timeout(STOP_MS))
  } catch {
    // One that hangs would not take the signal either. One that is only slow does, but then it is gone
    // before teardown().
    if (await isSilent(STOP_CALL_MS)) killHard()
    else release()
    await ended
  }
}

// Whoever is still there can do it, for all of them have what setup() returned.
async function tearDown(instances: readonly K6Instance[]): Promise<void> {
  for (const { api, hasEnded } of instances) {
    if (hasEnded()) continue
    // Its exception is in that k6's log, and changes nothing of what was measured.
    const isDone = await api.runTeardown().then(
      () => true,
      (error: unknown) => error instanceof K6ApiError,
    )
    if (isDone) return
  }
}
