import { open, stat } from 'node:fs/promises'
import { REJECTED_SHOWN, type RejectedLines } from './line-scanner.ts'

/** What became of a file. */
export interface FileReport extends RejectedLines {
  csvBytes: number
  /** The file ends in the middle of a line: k6 was killed, or the disk was full. */
  isTorn: boolean
  /** Why its first line is none of k6's, so that no other could be understood. */
  headerFault?: string
}

/** Of no file. */
export const EMPTY: FileReport = { csvBytes: 0, rejectedLines: 0, firstRejected: [], isTorn: false }

/** Of no line. */
export const NONE_REJECTED: RejectedLines = { rejectedLines: 0, firstRejected: [] }

/** The figures of several files together. */
export function joinedReport(reports: readonly FileReport[]): FileReport {
  return reports.reduce((sum, each) => {
    const headerFault = sum.headerFault ?? each.headerFault
    return {
      csvBytes: sum.csvBytes + each.csvBytes,
      rejectedLines: sum.rejectedLines + each.rejectedLines,
      firstRejected: [...sum.firstRejected, ...each.firstRejected].slice(0, REJECTED_SHOWN),
      isTorn: sum.isTorn || each.isTorn,
      ...(headerFault !== undefined && { headerFault }),
    }
  }, EMPTY)
}

/** What became of a file, whose rejected lines are known. */
export async function fileReport(
  csv: string,
  rejected: RejectedLines,
  headerFault: string | undefined,
): Promise<FileReport> {
  return {
    csvBytes: (await stat(csv)).size,
    ...rejected,
    isTorn: await endsInsideLine(csv),
    ...(headerFault !== undefined && { headerFault }),
  }
}

async function endsInsideLine(path: string): Promise<boolean> {
  const file = await open(path)
  try {
    const { size } = await file.stat()
    const last = Buffer.alloc(1)
    if (size > 0) await file.read(last, 0, 1, size - 1)
    return size > 0 && last.toString() !== '\n'
  } finally {
    await file.close()
  }
}
