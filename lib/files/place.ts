// Pure. Where the files of a module are: bundling moves its code, and a relative path begins at the file that says it.

/** A path of a module as k6 takes it; an absolute path or a URL is left as it is. */
export const placeOf = (folder: string, path: string): string =>
  /^(\/|[a-z][a-z\d+.-]*:)/i.test(path) ? path : joined(folder, path)

// `./a` and `../b/c` are `./b/c`; what begins with `/` stays absolute.
const joined = (folder: string, path: string): string => {
  const parts: string[] = []
  for (const part of `${folder}/${path}`.split('/')) {
    const isUp = part === '..' && parts.length > 0 && parts[parts.length - 1] !== '..'
    if (isUp) parts.pop()
    else if (part !== '.' && part !== '') parts.push(part)
  }
  return `${rootOf(folder)}${parts.join('/')}`
}

// What comes before the first part; on Windows a path begins with the letter of a drive.
const rootOf = (folder: string): string => {
  if (folder.startsWith('/')) return '/'
  return /^[a-z]:/i.test(folder) ? '' : './'
}
