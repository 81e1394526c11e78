// Pure: read by k6 and by Node. What of the run's settings the library itself asks for.
import { DEFAULT_SETTINGS, runSettings } from './run-settings.ts'

/** Whether the samples of this run leave the machine: only then they carry labels for Prometheus. */
export const isStreamed = runSettings().testid !== undefined

/** Whether this is a scenario of the toolkit, and no script that uses the library by itself. */
export const isBundled = (): boolean => runSettings() !== DEFAULT_SETTINGS
