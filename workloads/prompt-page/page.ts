import type { Page } from 'k6/browser'
import { sandboxUser } from '../../lib/auth/sandbox-login.ts'
import type { Session } from '../../lib/session.ts'

/** Opens the page for the first time: each operation starts with a new browser and an empty cache. */
export const open = async (page: Page, session: Session): Promise<void> => {
  await page.goto(`${session.target}/app`)
}

/** Fills in the form, and waits for what only a user sees. */
export const logIn = async (page: Page, { user }: Session): Promise<void> => {
  const { username, password } = sandboxUser(user)
  await page.locator('#log-in input[name=username]').fill(username)
  await page.locator('#log-in input[name=password]').fill(password)
  await page.locator('#log-in button').click()
  await page.locator('#enhance').waitFor({ state: 'visible' })
}
