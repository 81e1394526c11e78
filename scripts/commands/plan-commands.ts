import type { Command } from 'commander'

const HELP = `
Examples:
  npm run k6 -- plan templates                    what there is to begin with
  npm run k6 -- plan new crud shop.yaml           a plan from a template
  npm run k6 -- plan check shop.yaml              errors with their lines, warnings, suggestions
  npm run k6 -- plan convert shop.yaml shop.ts    YAML, JSON and TypeScript, without loss
  npm run k6 -- run shop.yaml --time-scale 0.1    runs it

A plan in TypeScript (shop.ts, run as shop.plan.ts) is code of yours: to check, convert or run it executes it.`

/** The command `plan` with its own commands. */
export function addPlanCommands(plan: Command, done: (exitCode: number) => void): Command {
  const load = () => import('./plan.ts')
  plan
    .command('check')
    .argument('<file>', 'a plan: .yaml, .yml, .json or .ts')
    .description('every error with its line, then warnings and suggestions')
    .action(async (file: string) => done(await (await load()).checkPlanFile(file)))
  plan
    .command('convert')
    .argument('<from>', 'a plan')
    .argument('<to>', 'a file that is not there yet: .yaml, .json or .ts')
    .description('a plan as YAML, JSON or TypeScript')
    .action(async (from: string, to: string) => done(await (await load()).convertPlan(from, to)))
  plan
    .command('new')
    .argument('<template>', 'its name')
    .argument('[file]', 'where to, .yaml; <template>.yaml without it')
    .description('a plan from a template')
    .action(async (template: string, file?: string) => {
      done(await (await load()).newPlan(template, file))
    })
  plan
    .command('templates')
    .description('templates, built-in ones and those in plans/templates/')
    .action(async () => done(await (await load()).listTemplates()))
  return plan.addHelpText('after', HELP)
}
