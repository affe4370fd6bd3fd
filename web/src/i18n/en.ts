import { panels } from './en.panels'
import { writing } from './en.writing'

export const en = { ...writing, ...panels }
