import * as z from 'zod/mini';

/** Most codes that are made at once. */
export const MOST_STAFF_CODES = 1_000;

const countSchema = z.int().check(z.minimum(0));
const departmentNumberSchema = z.int().check(z.minimum(1));

/**
 * GET /api/v1/assessments/:id/staff-codes. `isDemanded`: the staff's questionnaire counts only what came with a code. Of each
 * department that codes were made for: how many of them can still be used or were, and how many were.
 */
export const staffCodesSchema = z.object({
  isDemanded: z.boolean(),
  departments: z.array(
    z.object({ department: departmentNumberSchema, made: countSchema, spent: countSchema }),
  ),
});

export type StaffCodes = z.infer<typeof staffCodesSchema>;

/** POST /api/v1/assessments/:id/staff-codes: codes wanted. `voidsUnspent`: the unspent ones of before open nothing any more. */
export const wantedStaffCodesSchema = z.strictObject({
  department: departmentNumberSchema,
  count: z.int().check(z.minimum(1), z.maximum(MOST_STAFF_CODES)),
  voidsUnspent: z.boolean(),
});

export type WantedStaffCodes = z.infer<typeof wantedStaffCodesSchema>;

/** The codes, told this once. `url`: of the channel that each of them opens. */
export const madeStaffCodesSchema = z.object({
  department: departmentNumberSchema,
  url: z.string(),
  codes: z.array(z.string()),
});

export type MadeStaffCodes = z.infer<typeof madeStaffCodesSchema>;
