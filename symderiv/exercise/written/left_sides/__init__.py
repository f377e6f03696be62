"""What stands left of ``=``: is it a name for what was asked?"""
