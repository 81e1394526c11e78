// Pure: read by k6 and by Node. The file that holds a name and a password for each user.
import { parse } from 'but-csv'

export interface Credentials {
  username: string
  password: string
}

const COLUMNS = 'the columns "username" and "password"'

/**
 * Users of a JSON list of `{ "username", "password" }`, or of CSV whose first line has these two columns.
 *
 * @throws Error that says the file, the place and what belongs there, never anything of what it holds
 */
export const parseUsers = (text: string, path: string): Credentials[] => {
  const start = text.trimStart()
  const users = start[0] === '[' || start[0] === '{' ? fromJson(start, path) : fromCsv(text, path)
  if (users.length > 0) return users
  throw new Error(`Expected at least one user in ${path}, got none`)
}

const fromJson = (text: string, path: string): Credentials[] => {
  let list: unknown
  try {
    list = JSON.parse(text)
  } catch {
    // Its message quotes the text.
    throw new Error(`Expected ${path} to be ${WANTED}, got JSON with a syntax error`)
  }
  if (!Array.isArray(list)) throw new Error(`Expected ${path} to be ${WANTED}, got one JSON object`)
  return list.map((entry, index) => userOf(entry, `${path}, user ${index + 1}`))
}

const WANTED = `a JSON list of { "username", "password" }, or CSV with ${COLUMNS}`

const fromCsv = (text: string, path: string): Credentials[] => {
  const lines = text.replaceAll('\r\n', '\n')
  if (lines.trim() === '') throw new Error(`Expected ${path} to be ${WANTED}, got an empty file`)
  let line = lines.slice(0, lines.search(/\S/)).split('\n').length
  let header: string[] | undefined
  const users: Credentials[] = []
  for (const row of parse(lines.trim())) {
    const where = `${path}, line ${line}`
    line += row.join().split('\n').length
    if (!header) header = headerOf(row, where)
    else if (row.join('').trim() !== '') users.push(rowUser(row, header, where))
  }
  return users
}

const headerOf = (row: string[], where: string): string[] => {
  const names = row.map((name) => name.trim())
  if (names.includes('username') && names.includes('password')) return names
  const other = [';', '\t'].some((sign) => row.join().split(sign).includes('username'))
  const got = other ? 'columns that no comma separates' : 'something else'
  throw new Error(`Expected ${where}, to name ${COLUMNS}, got ${got}`)
}

const rowUser = (row: string[], header: string[], where: string): Credentials => {
  // A comma in a password that is not quoted would cut it short.
  if (row.length > header.length) {
    throw new Error(`Expected ${header.length} columns in ${where}, got ${row.length}`)
  }
  return userOf(Object.fromEntries(header.map((column, i) => [column, row[i]])), where)
}

const userOf = (entry: unknown, where: string): Credentials => {
  const { username, password } = (entry ?? {}) as Record<string, unknown>
  if (typeof username === 'string' && typeof password === 'string' && username.trim() !== '') {
    return { username, password }
  }
  throw new Error(`Expected a "username" and a "password" in ${where}, got something else`)
}
