import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { openDatabase } from '../samples/sample-database.ts'
import { type Figures, type FiguresInput, figuresOf } from './figures.ts'

/** `figuresOf` in a database of its own. */
export async function readFigures(input: Omit<FiguresInput, 'database'>): Promise<Figures[]> {
  const temporaryFolder = await mkdtemp(join(tmpdir(), 'k6-verdict-'))
  const database = await openDatabase({ temporaryFolder })
  try {
    return await figuresOf({ ...input, database })
  } finally {
    database.close()
    await rm(temporaryFolder, { recursive: true, force: true })
  }
}
