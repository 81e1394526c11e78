/** `2026-11-21 16:25`, in UTC. */
export function dateText(ms: number): string {
  return new Date(ms).toISOString().slice(0, 16).replace('T', ' ')
}
