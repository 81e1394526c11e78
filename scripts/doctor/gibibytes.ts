export const BYTES_PER_GIB = 1_073_741_824

/** `1.5 GiB`. */
export function gibibytes(bytes: number): string {
  return `${(bytes / BYTES_PER_GIB).toFixed(1)} GiB`
}
