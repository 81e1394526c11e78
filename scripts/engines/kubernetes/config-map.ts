import { RUN_LABEL } from './cluster-options.ts'
import { scriptTooLarge } from './errors.ts'
import { ARCHIVE_FILE, K6_CONFIG_FILE, SCRIPT_FILE } from './test-run.ts'

/** Of all that a ConfigMap holds (Kubernetes, core/v1 ValidateConfigMap). */
export const CONFIG_MAP_BYTES_MAX = 1_048_576

export interface ConfigMap {
  apiVersion: 'v1'
  kind: 'ConfigMap'
  metadata: { name: string; namespace: string; labels: Record<string, string> }
  data: Record<string, string>
  /** In base64, as Kubernetes has it. */
  binaryData?: Record<string, string>
}

/**
 * The script in a ConfigMap. Without its source map's name: the map does not travel with it.
 *
 * @throws ToolkitError when it is too large for one
 */
export function configMap(input: {
  name: string
  runName: string
  namespace: string
  script: string
  /** In its place, where the script opens files. */
  archive?: Buffer | undefined
  k6Config: string
}): ConfigMap {
  const { name, namespace, runName, archive, k6Config } = input
  const script = archive ? {} : { [SCRIPT_FILE]: withoutMap(input.script) }
  const data = { ...script, [K6_CONFIG_FILE]: k6Config }
  const bytes = Buffer.byteLength(Object.entries(data).flat().join('')) + (archive?.length ?? 0)
  if (bytes > CONFIG_MAP_BYTES_MAX) throw scriptTooLarge(bytes, CONFIG_MAP_BYTES_MAX)
  return {
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: { name, namespace, labels: { [RUN_LABEL]: runName } },
    data,
    ...(archive && { binaryData: { [ARCHIVE_FILE]: archive.toString('base64') } }),
  }
}

/** A script that says where its map is makes k6 warn in each pod that there is none. */
export function withoutMap(script: string): string {
  return script.replace(/^\/\/# sourceMappingURL=.*\n?(?![\s\S])/m, '')
}
