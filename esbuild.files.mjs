// Paths in scenarios and workloads: bundling moves the code, and a relative path begins at the file that says it. So
// modules of a folder get functions of k6 that know the folder (lib/files/); esbuild itself finds where they are used.
import { transform } from 'esbuild'
import { readFile } from 'node:fs/promises'
import { basename, dirname, extname, join, relative, sep } from 'node:path'

const NAMESPACE = 'files-of'
const LOADERS = { '.ts': 'ts', '.mts': 'ts', '.js': 'js', '.mjs': 'js' }
const OPENING = /\bopen\b|\bimport\.meta\b/

/** Modules of k6 that open files. */
const K6_MODULES = { 'k6/experimental/fs': 'fs', 'k6/net/grpc': 'grpc' }

/**
 * @param lib folder of what is ours: it says paths of users, not its own
 * @param root of the files where they have been copied to `files/` beside the bundle; undefined to open them where
 * they are
 */
export function moduleFiles({ lib, root }) {
  const isOurs = (path) => path.startsWith(lib) || path.includes(`${sep}node_modules${sep}`)
  const placeOf = (folder) =>
    root === undefined ? folder.split(sep).join('/') : beside(relative(root, folder))
  return {
    name: 'module-files',
    setup({ onResolve, onLoad }) {
      // A bundle names its modules: by a path that says nothing of this machine.
      const standIn = (kind, folder) => {
        const path = `${kind} ${relative(dirname(lib), folder)}`
        return { path, namespace: NAMESPACE, pluginData: { kind, folder } }
      }
      onResolve({ filter: /^k6\/(experimental\/fs|net\/grpc)$/ }, ({ path, ...from }) => {
        if (isOurs(from.importer) || from.namespace === NAMESPACE) return undefined
        return standIn(K6_MODULES[path], from.resolveDir)
      })
      onResolve({ filter: /^k6-verdict:files$/ }, ({ resolveDir }) => standIn('files', resolveDir))
      onLoad({ filter: /.*/, namespace: NAMESPACE }, ({ pluginData: { kind, folder } }) => {
        return { contents: STAND_INS[kind](lib, placeOf(folder)), resolveDir: lib, loader: 'js' }
      })
      onLoad({ filter: /\.m?[jt]s$/ }, async ({ path }) => {
        if (isOurs(path)) return undefined
        const text = await readFile(path, 'utf8')
        if (!OPENING.test(text) || /\bmodule\.exports\b/.test(text)) return undefined
        return { contents: await withFiles(text, path), loader: 'js', resolveDir: dirname(path) }
      })
    },
  }
}

/** The module with its own open() and import.meta.resolve(), where it means those of k6. */
async function withFiles(text, path) {
  const { code } = await transform(text, {
    loader: LOADERS[extname(path)],
    sourcefile: basename(path),
    sourcemap: 'inline',
    target: 'es2022',
    define: { open: 'filesHere.open', 'import.meta.resolve': 'filesHere.resolve' },
    banner: "import { filesHere } from 'k6-verdict:files'",
  })
  return code
}

function beside(path) {
  return ['.', 'files', ...path.split(sep)].filter((part) => part !== '').join('/')
}

const STATUSES = ['OK', 'Canceled', 'Unknown', 'InvalidArgument', 'DeadlineExceeded', 'NotFound']
  .concat(['AlreadyExists', 'PermissionDenied', 'ResourceExhausted', 'FailedPrecondition'])
  .concat(['Aborted', 'OutOfRange', 'Unimplemented', 'Internal', 'Unavailable', 'DataLoss'])
  .concat(['Unauthenticated'])
  .map((name) => `Status${name}`)
const HEALTH = ['Serving', 'NotServing', 'Unknown', 'ServiceUnkown'].map(
  (name) => `HealthCheck${name}`,
)

/** The code of what stands in for k6's own in a folder. */
const STAND_INS = {
  files: (lib, folder) => `import { filesIn } from ${JSON.stringify(join(lib, 'files', 'open.ts'))}
export const filesHere = filesIn(${JSON.stringify(folder)})`,
  fs: (
    lib,
    folder,
  ) => `import { openIn, SeekMode } from ${JSON.stringify(join(lib, 'files', 'fs.ts'))}
${STAND_INS.files(lib, folder)}
export const open = openIn(filesHere)
export { SeekMode }
export default { open, SeekMode }`,
  grpc: (lib, folder) => `import { grpcIn } from ${JSON.stringify(join(lib, 'files', 'grpc.ts'))}
${STAND_INS.files(lib, folder)}
const grpc = grpcIn(filesHere)
export const { Client, Stream, ${[...STATUSES, ...HEALTH].join(', ')} } = grpc
export default grpc`,
}
