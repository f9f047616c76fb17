"""Two gradings of the same items side by side: runs, versions of a rubric, a judge today and a judge before."""
