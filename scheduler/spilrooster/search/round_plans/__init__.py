"""The bound by round plans: Dantzig-Wolfe with one column per plan of a whole round.

A round plan says which sessions run in which rooms of one round, and who attends what. Couple the
rounds by prices instead of constraints: each session pays `pi` per run, each attendance of a
session that may repeat pays `mu`. For every choice of prices

    bound = sum over sessions of the most that its number of runs can bring at `pi`
            + sum of `mu` + sum over rounds of the best plan at these prices

holds for every programme. `duals` looks for prices that make it small, `proof` computes the best
plan of each round exactly by branch and bound. Rules that the plans do not know are left out,
which keeps the bound valid.
"""
