/** Builds the page of the report of a comparison: `dist/report/comparison.html`. */
import { defineConfig } from 'vite'
import { pageOfReport } from './page-of-report.js'

export default defineConfig(pageOfReport('comparison'))
