// Pure: read by k6 and by Node. The file that holds a name and a password for each user.
import { parse } from 'but-csv'

export interface Credentials {
  username: string
  password: string
}

/**
 * Users of a JSON array of `{ "username", "password" }`, or of CSV with those two columns.
 *
 * @throws Error that names the file and the first entry that is wrong, never a password
 */
export const parseUsers = (text: string, path: string): Credentials[] => {
  const rows = text.trimStart().startsWith('[') ? fromJson(text, path) : fromCsv(text, path)
  if (rows.length === 0) throw new Error(`Expected at least one user in ${path}, got none`)
  return rows.map((row, index) => userOf(row, `${path}, user ${index + 1}`))
}

const fromJson = (text: string, path: string): unknown[] => {
  try {
    return JSON.parse(text) as unknown[]
  } catch (error) {
    throw new Error(`Expected ${path} to be JSON or CSV, got ${String(error)}`)
  }
}

const fromCsv = (text: string, path: string): unknown[] => {
  const [header = [], ...rows] = parse(text.replaceAll('\r\n', '\n').trim())
  for (const column of ['username', 'password']) {
    if (header.includes(column)) continue
    throw new Error(`Expected a column "${column}" in ${path}, got "${header.join(',')}"`)
  }
  return rows.map((row) => Object.fromEntries(header.map((column, i) => [column, row[i]])))
}

const userOf = (row: unknown, where: string): Credentials => {
  const { username, password } = (row ?? {}) as Record<string, unknown>
  if (typeof username === 'string' && typeof password === 'string' && username !== '') {
    return { username, password }
  }
  throw new Error(`Expected a "username" and a "password" in ${where}, got something else`)
}
