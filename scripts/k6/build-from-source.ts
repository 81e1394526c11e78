import { absent, type Attempt } from './attempt.ts'
import { installAtomically } from './cache.ts'
import { withElapsedProgress } from './elapsed-progress.ts'
import { BuildError, goBuild } from './go-build.ts'
import { findGo } from './go-toolchain.ts'
import type { K6Context } from './k6-context.ts'
import { binaryName, PINNED_VERSION } from './k6-version.ts'

/** Builds the k6 pinned in tools/k6 and installs it: the last way, because it takes a minute. */
export async function buildFromSource(context: K6Context): Promise<Attempt> {
  const go = await findGo(context)
  if ('problem' in go) return absent(go.problem)

  context.say(`building k6 ${PINNED_VERSION} from source with ${go.version}, about a minute`)
  const { progress } = context
  const line = (seconds: number): string => `building k6 from source: ${seconds} s`
  try {
    return await withElapsedProgress({ progress, line }, () =>
      installAtomically(context, (folder) =>
        goBuild({ ...context, go: go.path, folder, binaryName: binaryName(context.platform) }),
      ),
    )
  } catch (error) {
    // The error that lists every way follows at once, so this is not said twice.
    if (error instanceof BuildError) return absent(error.message)
    throw error
  }
}
