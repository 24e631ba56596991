/** Builds the page of the report of a scan: `dist/report/report.html`. */
import { defineConfig } from 'vite'
import { pageOfReport } from './page-of-report.js'

export default defineConfig(pageOfReport('report'))
