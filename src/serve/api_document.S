.section .rodata
.globl tercet_api_document, tercet_api_document_end
tercet_api_document:
.incbin TERCET_API_DOCUMENT
tercet_api_document_end:
.section .note.GNU-stack,"",%progbits
