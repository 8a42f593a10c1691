"""Seating: who eats when, who staffs which stand, and who sits together in shared blocks.

It runs on a finished programme, so it never costs a choice. `shifts` decides lunch shifts and
stands, `plan` mixes the tables of one block with the kernel, `bounds` proves how few meetings any
plan has, and `stage` puts it together.
"""
