// Writes a megabyte to the file that is named.
import { writeWhole } from '../../../scripts/core/write-whole.ts'

const [path = ''] = process.argv.slice(2)
await writeWhole(path, 'x'.repeat(1_000_000))
