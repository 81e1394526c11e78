// In place of k6's open() and import.meta.resolve() in the modules of a folder (esbuild.files.mjs).
import { noteFile } from './named-files.ts'
import { placeOf } from './place.ts'

/** What a module opens by paths that begin at its own folder. */
export interface ModuleFiles {
  /** A path as k6 takes it. */
  place: (path: string) => string
  /** Whether a path leads to what belongs to the script: it travels with it. */
  isOwn: (path: string) => boolean
  open: (path: string, mode?: 'b') => unknown
  resolve: (specifier: string) => string
}

/** k6's functions for the modules of a folder. */
export const filesIn = (folder: string): ModuleFiles => {
  const isOwn = (path: string): boolean =>
    placeOf(folder, path) !== path || resolved.some((url) => path.startsWith(url))
  const place = (path: string): string => placeOf(folder, path)
  const noted = (path: string): string => {
    if (isOwn(path)) noteFile({ path: place(path) })
    return place(path)
  }
  return {
    place,
    isOwn,
    open: (path, mode) => (mode ? open(noted(path), mode) : open(noted(path))),
    resolve: (specifier) => {
      if (!specifier.startsWith('.')) return import.meta.resolve(specifier)
      const url = import.meta.resolve(noted(specifier))
      resolved.push(url)
      return url
    },
  }
}

/** URLs that modules have been given for what is their own. */
const resolved: string[] = []
