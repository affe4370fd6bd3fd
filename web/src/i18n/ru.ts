import type { Dictionary } from './dictionary'
import { panels } from './ru.panels'
import { writing } from './ru.writing'

export const ru: Dictionary = { ...writing, ...panels }
