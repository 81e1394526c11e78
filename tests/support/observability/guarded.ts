// Starts a guard, hands it a process and a command, says so, and waits to be killed.
import { spawn } from 'node:child_process'
import { startGuard } from '../../../scripts/observability/guard.ts'

const [file = ''] = process.argv.slice(2)
const guard = startGuard(process.env)
const { pid = 0 } = spawn('sleep', ['60'], { detached: true, stdio: 'ignore' })
guard.watch(pid)
guard.onLoss(['touch', file])
setTimeout(() => process.stdout.write(`${pid}\n`), 300)
setInterval(() => undefined, 60_000)
