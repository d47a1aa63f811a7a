"""Plans: what somebody has to do, as one ordered checklist.

In two stages: the order of all steps of a product is compiled, and a plan is what is left of it for
a selection. Pure; how a plan is shown is the matter of the site, the API and the command line.
"""

from kb.plan.compiling import master_plan, master_plans
from kb.plan.filtering import plan_of
from kb.plan.markdown import as_markdown
from kb.plan.master import MasterPlan, as_data
from kb.plan.plan import Plan
from kb.plan.selection import Selection, select
from kb.plan.table import as_csv

__all__ = [
    "MasterPlan",
    "Plan",
    "Selection",
    "as_csv",
    "as_data",
    "as_markdown",
    "master_plan",
    "master_plans",
    "plan_of",
    "select",
]
