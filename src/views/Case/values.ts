/** The values of a form: what was typed, else what the evidence gives. */
import { subjectFields, type CaseField, type CaseForm } from '../../checklists/case-forms';
import type { Prefilled } from './prefill';

export interface FieldValue {
  readonly value: string;
  readonly from: 'hand' | 'evidence' | 'nothing';
  /** What the evidence gives, whatever was typed. */
  readonly found: string;
}

/** Key in the notes of a session. The account number is the same in every form. */
export const keyOf = (form: CaseForm, field: CaseField): string =>
  field.id === 'accountNumber' ? 'subject.accountNumber' : `${form.id}.${field.id}`;

export function valueOf(
  form: CaseForm,
  field: CaseField,
  typed: Readonly<Record<string, string>>,
  prefilled: Prefilled,
): FieldValue {
  const key = keyOf(form, field);
  const own = Object.hasOwn(typed, key) ? typed[key] : undefined;
  const found = (field.prefill && prefilled[field.prefill]) ?? '';
  if (own !== undefined) return { value: own, from: 'hand', found };
  return { value: found, from: found ? 'evidence' : 'nothing', found };
}

export const valuesOf = (
  form: CaseForm,
  typed: Readonly<Record<string, string>>,
  prefilled: Prefilled,
): Record<string, string> =>
  Object.fromEntries(
    [...subjectFields, ...form.fields].map((field) => [field.id, valueOf(form, field, typed, prefilled).value]),
  );
