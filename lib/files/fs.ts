// In place of k6/experimental/fs (esbuild.files.mjs): open() looks for a file where the module is.
import * as fs from 'k6/experimental/fs'
import type { ModuleFiles } from './open.ts'
import { noteFile } from './named-files.ts'

/** k6's open() for the modules of a folder. */
export const openIn =
  ({ place, isOwn }: ModuleFiles) =>
  (path: string): ReturnType<typeof fs.open> => {
    if (isOwn(path)) noteFile({ path: place(path) })
    return fs.open(place(path))
  }

export const { SeekMode } = fs
