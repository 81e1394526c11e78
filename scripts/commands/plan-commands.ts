import type { Command } from 'commander'

const HELP = `
Examples:
  npm run k6 -- plan templates                    the templates to start from
  npm run k6 -- plan new crud shop.yaml           a plan from a template
  npm run k6 -- plan check shop.yaml              errors with their lines, warnings, suggestions
  npm run k6 -- plan convert shop.yaml shop.ts    YAML, JSON and TypeScript, without loss
  npm run k6 -- run shop.yaml --time-scale 0.1    runs it

A plan in TypeScript (run needs a name such as shop.plan.ts) is your code: check, convert and run execute it.`

/** The command `plan` with its own commands. */
export function addPlanCommands(plan: Command, done: (exitCode: number) => void): Command {
  const load = () => import('./plan.ts')
  plan
    .command('check')
    .argument('<file>', 'a plan: .yaml, .yml, .json or .ts')
    .description('lists every error with its line, then warnings and suggestions')
    .action(async (file: string) => done(await (await load()).checkPlanFile(file)))
  plan
    .command('convert')
    .argument('<from>', 'a plan')
    .argument('<to>', 'the file to write, which must not exist: .yaml, .json or .ts')
    .description('converts a plan to YAML, JSON or TypeScript')
    .action(async (from: string, to: string) => done(await (await load()).convertPlan(from, to)))
  plan
    .command('new')
    .argument('<template>', 'the name of the template')
    .argument('[file]', 'the file to write, by default <template>.yaml')
    .description('writes a plan from a template')
    .action(async (template: string, file?: string) => {
      done(await (await load()).newPlan(template, file))
    })
  plan
    .command('templates')
    .description('lists the built-in templates and those in plans/templates/')
    .action(async () => done(await (await load()).listTemplates()))
  return plan.addHelpText('after', HELP)
}
