import type { Page } from 'k6/browser'
import type { Session } from '../../lib/session.ts'

const SANDBOX_USERS = 5_000

/** Opens the page for the first time: each operation starts with a new browser and an empty cache. */
export const open = async (page: Page, session: Session): Promise<void> => {
  await page.goto(`${session.target}/app`)
}

/** Fills in the form, and waits for what only a user sees. */
export const logIn = async (page: Page, { user }: Session): Promise<void> => {
  const number = String(((user - 1) % SANDBOX_USERS) + 1).padStart(4, '0')
  await page.locator('#log-in input[name=username]').fill(`user-${number}`)
  await page.locator('#log-in input[name=password]').fill('sandbox-password')
  await page.locator('#log-in button').click()
  await page.locator('#enhance').waitFor({ state: 'visible' })
}
