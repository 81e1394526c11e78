import { projectPath } from '../../core/project.ts'
import type { VerdictFile } from '../../verdict/verdict-file.ts'
import { diagnosisSection, findingsSection } from './findings-section.ts'
import { endpointsSection } from './endpoints-section.ts'
import { environmentSection, sourceSection } from './environment-section.ts'
import { errorsSection } from './errors-section.ts'
import { generatorSection } from './generator-section.ts'
import { heatMapSection } from './heat-map-section.ts'
import { trafficWords } from '../../verdict/verdict-file.ts'
import { verdictText } from '../../verdict/verdict.ts'
import { html, type Html } from './html.ts'
import { chartData } from './chart-data.ts'
import { loadSection } from './load-section.ts'
import { pageFrame, type Section } from './page-frame.ts'
import { percentileSection } from './percentile-section.ts'
import type { ReportFile } from './report-file.ts'
import { regionsSection } from './regions-section.ts'
import { resourcesSection } from './resources-section.ts'
import { sinceLastSection } from './since-last-section.ts'
import { slaSection } from './sla-section.ts'
import { timelineSection } from './timeline-section.ts'
import { verdictSection } from './verdict-section.ts'

const PAGE = {
  folder: projectPath('scripts', 'report', 'html'),
  name: 'page',
  banner: '/*! uPlot, (c) Leon Sorokin, MIT licence, github.com/leeoniya/uPlot */',
}

/**
 * The report as one HTML page. Everything in it comes from `verdict.json`, also from an older one, of which some parts
 * may be missing.
 */
export function renderHtml(verdict: VerdictFile): string {
  const file: ReportFile = verdict
  const { run } = file
  return pageFrame({
    source: PAGE,
    title: `${run.scenario} on ${run.workload}: ${verdictText(file)}`,
    header: html`<p class="kind">Load test report</p>
      <h1>${run.scenario} <span>on ${run.workload}</span></h1>
      <p class="run">${run.id}</p>`,
    sections: sectionsOf(file),
    footer: html`Drawn from <code>verdict.json</code> by k6-verdict. Times of day are UTC.`,
    data: chartData(file),
  })
}

function sectionsOf(file: ReportFile): Section[] {
  // What only samples can tell would be zeros here.
  const measured = (section: (of: ReportFile) => Html): Html | undefined =>
    file.source ? undefined : section(file)
  const hasRequests = !file.source || file.endpoints.length > 0
  return [
    { id: 'verdict', title: 'Verdict', content: verdictSection(file) },
    { id: 'sla', title: 'Objectives', content: slaSection(file) },
    { id: 'source', title: 'Where this comes from', content: sourceSection(file) },
    { id: 'load', title: 'Load delivered?', content: measured(loadSection) },
    { id: 'timeline', title: 'Timeline', content: timelineSection(file) },
    { id: 'heat-map', title: 'Latency heat map', content: heatMapSection(file) },
    { id: 'percentiles', title: 'Percentile curve', content: percentileSection(file) },
    { id: 'regions', title: 'Regions', content: regionsSection(file) },
    {
      id: 'endpoints',
      title: `${trafficWords(file).name}s`,
      content: hasRequests ? endpointsSection(file) : undefined,
    },
    { id: 'errors', title: 'Errors', content: errorsSection(file) },
    { id: 'findings', title: 'Findings', content: findingsSection(file) },
    { id: 'generator', title: 'Load generator', content: measured(generatorSection) },
    { id: 'resources', title: 'Resources', content: resourcesSection(file) },
    { id: 'since-last', title: 'Since the last run', content: sinceLastSection(file) },
    { id: 'diagnosis', title: 'Diagnosis', content: diagnosisSection(file) },
    { id: 'environment', title: 'Environment', content: environmentSection(file) },
  ]
}
