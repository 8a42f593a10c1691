"""Benchmarks: the planner and its peers on the same problems, judged by the same checks."""
