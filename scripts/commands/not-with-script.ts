import type { RunScriptOptions } from './run-script-options.ts'
import { notWithScript } from '../script/errors.ts'

const NOT_YET: readonly [name: keyof RunScriptOptions, option: string, instead: string][] = [
  [
    'kubernetes',
    '--kubernetes',
    'Run it on this machine, or give script.tar of its run folder to the k6-operator.',
  ],
  [
    'cloud',
    '--cloud',
    'Run it on this machine, or "k6 cloud run" the script.tar of its run folder.',
  ],
  [
    'segment',
    '--segment',
    'Run it on one machine; --execution-segment of k6 divides its load by hand.',
  ],
]

/** @throws ToolkitError for what a script of the user's own cannot have yet */
export function refuseWhatDoesNotWork(options: RunScriptOptions): void {
  for (const [name, option, instead] of NOT_YET) {
    if (options[name] !== undefined) throw notWithScript(option, instead)
  }
}
