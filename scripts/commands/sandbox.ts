import { execa } from 'execa'
import { projectPath } from '../core/project.ts'
import { wrongValue } from '../core/usage-errors.ts'

export interface SandboxOptions {
  port: string
  /** Names with commas between them, or `all`. */
  systems: string
}

/** Serves the sandbox until Ctrl+C; its own process prints the address. */
export async function sandbox({ port, systems }: SandboxOptions): Promise<number> {
  if (!/^\d{1,5}$/.test(port) || Number(port) > 65_535) {
    throw wrongValue('--port', 'a whole number from 0 to 65535', port)
  }
  // The terminal's Ctrl+C reaches the sandbox too; this process only waits for its end.
  const ignore = (): void => undefined
  process.on('SIGINT', ignore)
  const args = [projectPath('scripts', 'start.mjs'), 'sandbox/main.ts', '--port', port]
  args.push('--systems', systems)
  const { exitCode = 1 } = await execa('node', args, { stdio: 'inherit', reject: false })
  process.off('SIGINT', ignore)
  return exitCode
}
