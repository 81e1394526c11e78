// Ends servers whose parent was killed before it could. It is told of each process or command by the
// parent, and knows that the parent is gone when the channel between them closes.
import { spawnSync } from 'node:child_process'

const GRACE_MS = 10_000

const pids = new Set()
let command

process.on('message', (message) => {
  if (message.type === 'watch') pids.add(message.pid)
  if (message.type === 'forget') pids.delete(message.pid)
  if (message.type === 'command') command = message.command
})
// A terminal's Ctrl+C is for the parent, which ends everything in order.
process.on('SIGINT', () => undefined)
process.on('SIGTERM', () => undefined)
process.on('disconnect', () => {
  if (command) spawnSync(command[0], command.slice(1), { stdio: 'ignore', env: process.env })
  for (const pid of pids) signal(pid, 'SIGTERM')
  const endsAtMs = Date.now() + GRACE_MS
  const timer = setInterval(() => {
    const isOver = Date.now() > endsAtMs
    for (const pid of pids) if (!signal(pid, isOver ? 'SIGKILL' : 0)) pids.delete(pid)
    if (pids.size === 0 || isOver) clearInterval(timer)
  }, 100)
})

function signal(pid, name) {
  try {
    return process.kill(pid, name)
  } catch {
    return false
  }
}
