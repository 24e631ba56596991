/** What departments are made of: which applications, shares and hosts their people use, and how much. */

export interface Application {
  name: string
  /** Seen from the Internet with a log-in of its own; else reached through the portal. */
  resources: readonly string[]
  /** Only for few: opening it is using a privilege. */
  administrative: boolean
}

type ApplicationRow = [name: string, resources: string, administrative?: boolean]

const APPLICATION_ROWS: readonly ApplicationRow[] = [
  ['mail', '/inbox /sent /calendar /contacts /archive'],
  ['chat', '/channels/general /channels/team /direct /files /search'],
  ['wiki', '/spaces/company /spaces/onboarding /spaces/engineering /spaces/sales /spaces/people /search /recent'],
  ['drive', '/my-drive /shared-with-me /team-drives /recent /search'],
  ['hr', '/time-off /payslips /profile /org-chart /benefits'],
  ['tickets', '/board /queue /search /reports /projects/core /projects/web'],
  ['crm', '/accounts /opportunities /pipeline /contacts /reports/quarter /campaigns'],
  ['erp', '/ledger /invoices /purchase-orders /vendors /reports/month-end /assets'],
  ['payroll', '/runs /employees /adjustments /tax /bank-files'],
  ['treasury', '/payments /approvals /bank-accounts /cash-position'],
  ['git', '/platform/api /platform/web /platform/data /infra/terraform /mobile/app /merge-requests'],
  ['ci', '/pipelines /runners /artifacts /deployments'],
  ['metrics', '/dashboards/overview /dashboards/latency /alerts /explore'],
  ['warehouse', '/datasets/orders /datasets/customers /datasets/events /notebooks /jobs /exports'],
  ['design', '/files /prototypes /libraries'],
  ['support', '/cases /knowledge /macros /customers /reports'],
  ['contracts', '/active /drafts /signatures /litigation'],
  ['recruiting', '/candidates /interviews /offers /reports'],
  ['identity-admin', '/users /groups /policies /applications /tokens', true],
  ['cloud-console', '/instances /storage /network /iam /billing', true],
  ['backup-console', '/jobs /restores /vaults', true],
]

export const APPLICATIONS: readonly Application[] = APPLICATION_ROWS.map(([name, resources, administrative]) => ({
  name,
  resources: resources.split(' '),
  administrative: administrative ?? false,
}))

const APPLICATION_BY_NAME = new Map(APPLICATIONS.map((application) => [application.name, application]))

export function applicationNamed(name: string): Application {
  const found = APPLICATION_BY_NAME.get(name)
  if (found === undefined) throw new Error(`SIM-APPLICATION: no application ${name} (see people/departments.ts)`)
  return found
}

export interface Department {
  name: string
  /** Share of all people. */
  size: number
  /** Application and its weight among a person's visits. */
  applications: readonly { application: Application; weight: number }[]
  /** Folders of its share. */
  folders: readonly string[]
  /** Kinds of file in the folders. */
  documents: readonly string[]
  /** Hosts per office, by role; empty where nobody uses a shell. */
  hostRoles: readonly string[]
  /** Mean per working day. */
  visits: number
  files: number
  shells: number
  /** Share of people who may use sudo. */
  administrators: number
  /** Median bytes of a file that is read. */
  fileBytes: number
  /** Share of working days at home. */
  homeShare: number
}

interface DepartmentRow {
  name: string
  size: number
  applications: string
  folders: string
  documents: string
  hostRoles?: string
  visits: number
  files: number
  shells?: number
  administrators?: number
  fileBytes: number
  homeShare: number
}

const EVERYBODY = 'mail:6 chat:4 wiki:1.5 drive:2 hr:0.4'

const DEPARTMENT_ROWS: readonly DepartmentRow[] = [
  {
    name: 'engineering',
    size: 0.3,
    applications: `${EVERYBODY} git:5 ci:3 tickets:2.5 metrics:1.5`,
    folders: 'specifications releases architecture test-data images logs',
    documents: 'md pdf zip json png tar.gz',
    hostRoles: 'dev build test',
    visits: 3.2,
    files: 1.2,
    shells: 2.2,
    administrators: 0.12,
    fileBytes: 400e3,
    homeShare: 0.45,
  },
  {
    name: 'sales',
    size: 0.19,
    applications: `${EVERYBODY} crm:6 contracts:0.8`,
    folders: 'proposals price-lists customers presentations territories',
    documents: 'pptx xlsx docx pdf',
    visits: 4.6,
    files: 2.6,
    fileBytes: 900e3,
    homeShare: 0.4,
  },
  {
    name: 'support',
    size: 0.15,
    applications: `${EVERYBODY} support:8 tickets:2`,
    folders: 'cases manuals recordings scripts',
    documents: 'pdf docx mp4 txt',
    hostRoles: 'tools',
    visits: 5.2,
    files: 1.8,
    shells: 0.2,
    fileBytes: 600e3,
    homeShare: 0.3,
  },
  {
    name: 'finance',
    size: 0.1,
    applications: `${EVERYBODY} erp:7 treasury:1.5 payroll:0.7`,
    folders: 'budget month-end audit tax invoices forecasts',
    documents: 'xlsx pdf csv docx',
    visits: 4.2,
    files: 3.6,
    fileBytes: 500e3,
    homeShare: 0.25,
  },
  {
    name: 'people',
    size: 0.06,
    applications: `${EVERYBODY} hr:5 recruiting:4 payroll:1.2`,
    folders: 'contracts candidates reviews policies training',
    documents: 'docx pdf xlsx',
    visits: 4.4,
    files: 2.4,
    fileBytes: 350e3,
    homeShare: 0.3,
  },
  {
    name: 'marketing',
    size: 0.08,
    applications: `${EVERYBODY} crm:1.5 design:3`,
    folders: 'campaigns brand photos events video',
    documents: 'png pptx mp4 psd pdf',
    visits: 3.8,
    files: 3,
    fileBytes: 4e6,
    homeShare: 0.4,
  },
  {
    name: 'data',
    size: 0.05,
    applications: `${EVERYBODY} warehouse:7 git:2 metrics:1`,
    folders: 'exports models reports samples',
    documents: 'parquet csv ipynb pdf',
    hostRoles: 'compute notebook',
    visits: 3.4,
    files: 2.2,
    shells: 1.8,
    administrators: 0.1,
    fileBytes: 8e6,
    homeShare: 0.45,
  },
  {
    name: 'operations',
    size: 0.05,
    applications: `${EVERYBODY} tickets:3 metrics:4 ci:1.5 identity-admin:1.2 cloud-console:2 backup-console:0.8`,
    folders: 'runbooks inventory images certificates',
    documents: 'md iso tar.gz csv',
    hostRoles: 'web db edge backup dev',
    visits: 3.2,
    files: 1,
    shells: 4,
    administrators: 1,
    fileBytes: 1.5e6,
    homeShare: 0.4,
  },
  {
    name: 'legal',
    size: 0.02,
    applications: `${EVERYBODY} contracts:6`,
    folders: 'matters contracts compliance board',
    documents: 'docx pdf',
    visits: 3.4,
    files: 3.2,
    fileBytes: 450e3,
    homeShare: 0.3,
  },
]

function readWeights(text: string): { application: Application; weight: number }[] {
  return text.split(' ').map((part) => {
    const [name, weight] = part.split(':') as [string, string]
    return { application: applicationNamed(name), weight: Number(weight) }
  })
}

export const DEPARTMENTS: readonly Department[] = DEPARTMENT_ROWS.map((row) => ({
  name: row.name,
  size: row.size,
  applications: readWeights(row.applications),
  folders: row.folders.split(' '),
  documents: row.documents.split(' '),
  hostRoles: row.hostRoles === undefined ? [] : row.hostRoles.split(' '),
  visits: row.visits,
  files: row.files,
  shells: row.shells ?? 0,
  administrators: row.administrators ?? 0,
  fileBytes: row.fileBytes,
  homeShare: row.homeShare,
}))
