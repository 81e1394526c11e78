// What init code has asked for: k6 opens nothing later that it has not opened in VU 0.

/** A file that a module has named by a path of its own. */
export interface NamedFile {
  path: string
  /** Of a .proto file: where those that it imports are looked for. */
  importPaths?: string[]
}

/** In the order in which they were asked for. */
export const namedFiles: NamedFile[] = []

/** Notes a file for `options`, which only VU 0 has. */
export const noteFile = (file: NamedFile): void => {
  if (__VU === 0) namedFiles.push(file)
}
