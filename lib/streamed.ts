// Pure: read by k6 and by Node.
import { runSettings } from './run-settings.ts'

/** Whether the samples of this run leave the machine: only then they carry labels for Prometheus. */
export const isStreamed = runSettings().testid !== undefined
