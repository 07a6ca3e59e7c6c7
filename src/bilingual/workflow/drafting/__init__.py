"""What ``translate`` is made of: from waiting units to drafts."""
