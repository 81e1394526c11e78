import { check } from 'k6'
import { Trend } from 'k6/metrics'
import { withPage } from '../../lib/browser-page.ts'
import { createPromptStream } from '../../lib/data-generators.ts'
import { operationFailed } from '../../lib/operation-failed.ts'
import { runSettings } from '../../lib/run-settings.ts'
import type { Session } from '../../lib/session.ts'
import type { IterationData } from '../../lib/workload.ts'
import { logIn, open } from './page.ts'

const prompts = createPromptStream({ seed: runSettings().seed })

/** From the click to the result on the page; the operation as a whole has all that comes before it, too. */
const resultTime = new Trend('page_result', true)

/** Logs in, has one prompt enhanced, and looks at the result. */
export const enhance = (session: Session, { index }: IterationData): Promise<void> => {
  const { text } = prompts.at(index)
  return withPage(async (page) => {
    await open(page, session)
    await logIn(page, session)
    await page.locator('#enhance textarea').fill(text)
    const clickedAtMs = Date.now()
    await page.locator('#enhance button').click()
    await page.locator('#result').waitFor({ state: 'visible' })
    resultTime.add(Date.now() - clickedAtMs)
    const isKept = (await page.locator('#result').textContent())?.includes(text) === true
    check(isKept, { 'prompt-kept': (isTrue) => isTrue })
    if (!isKept)
      throw operationFailed('result-wrong', 'the result on the page is not of the prompt')
  })
}
